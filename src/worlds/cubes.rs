//! A set of worlds as regions that somebody can read: each says as little as it can without taking a world in that is
//! not in the set.

use super::partitions::Partition;
use super::{REGIONS, Region, Rest, Term};
use crate::symbolic::{Space, Undecided, Worlds};

/// What is said of the worlds of a region: for each partition the cells it is in; None if that does not matter.
type Cube = Vec<Option<Vec<usize>>>;

/// Sets of worlds as regions.
pub(super) struct Cubes<'s, 'm> {
    pub(super) space: &'s Space<'m>,
    /// Every world.
    pub(super) all: &'s Worlds,
    /// From what is left out first to what is left out last.
    pub(super) partitions: &'s [Partition],
}

impl Cubes<'_, '_> {
    /// The first regions of a set, and whether there are more.
    pub(super) fn regions(&self, worlds: &Worlds) -> Result<(Vec<Region>, Rest), Undecided> {
        let outside = self.space.except(self.all, worlds)?;
        let mut left = worlds.clone();
        let mut cubes = Vec::new();
        let mut rest = Rest::Nothing;
        while !left.is_empty() {
            if cubes.len() == REGIONS {
                rest = Rest::More;
                break;
            }
            let mut cube = self.cell(&left)?;
            let whole: Vec<usize> = (0..cube.len()).collect();
            self.leave_out(&mut cube, &whole, &outside)?;
            self.widen(&mut cube, &outside)?;
            left = self.space.except(&left, &self.worlds(&cube)?)?;
            cubes.push(cube);
        }
        Ok((self.needed(cubes)?.iter().map(|cube| self.said(cube)).collect(), rest))
    }

    /// A cell of a set, in which everything that can be told apart is.
    fn cell(&self, worlds: &Worlds) -> Result<Cube, Undecided> {
        let mut here = worlds.clone();
        let mut cube = Cube::new();
        for partition in self.partitions {
            let mut chosen = None;
            for (index, (_, cell)) in partition.cells.iter().enumerate() {
                let both = self.space.both(&here, cell)?;
                if !both.is_empty() {
                    (here, chosen) = (both, Some(vec![index]));
                    break;
                }
            }
            cube.push(chosen);
        }
        Ok(cube)
    }

    /// Leaves out of a cube whatever of these does not matter: all if it can, and otherwise of one half after the
    /// other.
    fn leave_out(&self, cube: &mut Cube, of: &[usize], outside: &Worlds) -> Result<(), Undecided> {
        let said: Vec<usize> = of.iter().copied().filter(|at| cube.get(*at).is_some_and(Option::is_some)).collect();
        if said.is_empty() {
            return Ok(());
        }
        let mut without = cube.clone();
        said.iter().for_each(|at| without[*at] = None);
        if self.space.both(&self.worlds(&without)?, outside)?.is_empty() {
            *cube = without;
            return Ok(());
        }
        if said.len() > 1 {
            let (first, second) = said.split_at(said.len() / 2);
            self.leave_out(cube, first, outside)?;
            self.leave_out(cube, second, outside)?;
        }
        Ok(())
    }

    /// Takes further cells in.
    fn widen(&self, cube: &mut Cube, outside: &Worlds) -> Result<(), Undecided> {
        for (at, partition) in self.partitions.iter().enumerate() {
            let Some(own) = cube.get(at).cloned().flatten() else { continue };
            let mut wide = own.clone();
            for index in (0..partition.cells.len()).filter(|index| !own.contains(index)) {
                let mut other = cube.clone();
                other[at] = Some(vec![index]);
                let worlds = self.worlds(&other)?;
                if !worlds.is_empty() && self.space.both(&worlds, outside)?.is_empty() {
                    wide.push(index);
                }
            }
            wide.sort_unstable();
            cube[at] = Some(wide);
        }
        Ok(())
    }

    fn worlds(&self, cube: &Cube) -> Result<Worlds, Undecided> {
        let mut worlds = self.all.clone();
        for (partition, cells) in self.partitions.iter().zip(cube) {
            let Some(cells) = cells else { continue };
            let of_cells = cells.iter().filter_map(|index| partition.cells.get(*index));
            let any = self.space.any_of(of_cells.map(|(_, worlds)| worlds.clone()))?;
            worlds = self.space.both(&worlds, &any)?;
        }
        Ok(worlds)
    }

    /// Those that the others do not cover together.
    fn needed(&self, mut cubes: Vec<Cube>) -> Result<Vec<Cube>, Undecided> {
        let mut at = 0;
        while at < cubes.len() {
            let others = cubes.iter().enumerate().filter(|(index, _)| *index != at);
            let others = others.map(|(_, cube)| self.worlds(cube)).collect::<Result<Vec<Worlds>, Undecided>>()?;
            let own = self.worlds(&cubes[at])?;
            match self.space.except(&own, &self.space.any_of(others)?)?.is_empty() {
                true => _ = cubes.remove(at),
                false => at += 1,
            }
        }
        Ok(cubes)
    }

    /// What people think of first comes first.
    fn said(&self, cube: &Cube) -> Region {
        let terms = self.partitions.iter().zip(cube).rev().filter_map(|(partition, cells)| {
            let cells = cells.as_ref()?;
            let named = |is_in: bool| {
                let all = partition.cells.iter().enumerate().filter(move |(index, _)| cells.contains(index) == is_in);
                all.map(|(_, (name, _))| name.clone()).collect()
            };
            Some(Term { aspect: partition.aspect.clone(), values: named(true), others: named(false) })
        });
        terms.collect()
    }
}
