//! What files hold that git keeps, by one process that answers as often as it is asked: first with the project file,
//! then with what its patterns match, then with what tests name.

use std::cell::RefCell;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::rc::Rc;

use super::complaint;

/// The process, which both sides ask.
pub(in super::super) type Shared = Rc<RefCell<Objects>>;

/// What answers with the contents of files.
#[derive(Debug)]
pub(in super::super) struct Objects {
    command: Command,
    running: Option<Running>,
}

#[derive(Debug)]
struct Running {
    child: Child,
    /// None once nothing will be asked any more.
    questions: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
    /// What it complains of. A pipe that nobody reads could hold it up.
    complaints: Option<File>,
}

impl Objects {
    /// The process that a command starts, once it is asked.
    pub(super) fn shared(command: Command) -> Shared {
        Rc::new(RefCell::new(Objects { command, running: None }))
    }

    /// The bytes of a file, if there are no more of them than this.
    pub(in super::super) fn bytes(&mut self, id: &str, largest: u64) -> io::Result<Vec<u8>> {
        if self.running.is_none() {
            self.running = Some(Running::start(&mut self.command)?);
        }
        let Some(running) = &mut self.running else { return Err(io::ErrorKind::BrokenPipe.into()) };
        let answer = running.ask(id, largest);
        answer.map_err(|error| running.complaint().map_or(error, io::Error::other))?
    }
}

impl Running {
    fn start(command: &mut Command) -> io::Result<Running> {
        let complaints = tempfile::tempfile().ok();
        let errors = complaints.as_ref().and_then(|file| file.try_clone().ok()).map_or_else(Stdio::null, Stdio::from);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(errors).spawn()?;
        let (questions, answers) = (child.stdin.take(), child.stdout.take());
        let answers = BufReader::new(answers.ok_or(io::ErrorKind::BrokenPipe)?);
        Ok(Running { child, questions, answers, complaints })
    }

    /// An answer; outside of it, that the process does not answer any more.
    fn ask(&mut self, id: &str, largest: u64) -> io::Result<io::Result<Vec<u8>>> {
        let questions = self.questions.as_mut().ok_or(io::ErrorKind::BrokenPipe)?;
        questions.write_all(format!("{id}\n").as_bytes())?;
        let mut head = String::new();
        self.answers.read_line(&mut head)?;
        if head.is_empty() {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        // `ID TYPE SIZE`, or `ID missing`.
        let Some(size) = head.trim_end().split(' ').nth(2).and_then(|size| size.parse::<u64>().ok()) else {
            return Ok(Err(io::Error::other(format!("git says `{}`", head.trim_end()))));
        };
        let answer = if size > largest {
            io::copy(&mut self.answers.by_ref().take(size), &mut io::sink())?;
            Err(io::Error::other(format!("it has more than {} MB", largest >> 20)))
        } else {
            let mut bytes = vec![0; usize::try_from(size).map_err(io::Error::other)?];
            self.answers.read_exact(&mut bytes)?;
            Ok(bytes)
        };
        self.answers.read_exact(&mut [0])?; // the end of the line behind it
        Ok(answer)
    }

    /// What the process has complained of. It answers no more, so it has ended.
    fn complaint(&mut self) -> Option<String> {
        self.questions = None;
        _ = self.child.wait();
        let mut text = Vec::new();
        let file = self.complaints.as_mut()?;
        file.rewind().ok()?;
        file.read_to_end(&mut text).ok()?;
        Some(complaint(&text)).filter(|said| !said.is_empty())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // Whatever it is still doing, nobody waits for it.
        _ = self.child.kill();
        _ = self.child.wait();
    }
}
