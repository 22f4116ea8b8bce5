//! A shape of input: what it is called, and what a command is given at a size.

/// A shape of input, at any size.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shape {
    pub(crate) name: &'static str,
    /// The smaller of the two sizes. It has to be so large that what grows outweighs what every run takes.
    pub(crate) size: usize,
    pub(crate) given: fn(usize) -> Given,
}

/// A command and its project.
#[derive(Clone, Debug)]
pub(crate) struct Given {
    pub(crate) command: Vec<String>,
    /// Files by their paths.
    pub(crate) files: Vec<(String, String)>,
    /// Whether they are in git, in one commit.
    pub(crate) committed: bool,
    /// Standard input.
    pub(crate) input: String,
    /// The exit status, and what the output says: a command that fails for another reason measures nothing.
    pub(crate) ends: (i32, &'static str),
}

impl Given {
    /// A command on an empty project, which ends like this.
    pub(crate) fn command(words: &[&str], status: i32, says: &'static str) -> Given {
        let project = "policies: [\"*.prescope\"]\ndirectory: [\"people*.*\"]\n";
        Given {
            command: words.iter().map(|word| (*word).to_owned()).collect(),
            files: Vec::new(),
            committed: false,
            input: String::new(),
            ends: (status, says),
        }
        .file("prescope.yaml", project)
    }

    /// `check` of policies, and of people of one organisation.
    pub(crate) fn check(ends: (i32, &'static str), policy: impl Into<String>, people: &str) -> Given {
        let organization = "organization: { domains: [contoso.com] }\n";
        Given::command(&["check"], ends.0, ends.1).policy(policy).people(format!("{organization}{people}"))
    }

    pub(crate) fn file(mut self, path: &str, text: impl Into<String>) -> Given {
        self.files.push((path.to_owned(), text.into()));
        self
    }

    pub(crate) fn policy(self, text: impl Into<String>) -> Given {
        self.file("policy.prescope", text)
    }

    pub(crate) fn people(self, text: impl Into<String>) -> Given {
        self.file("people.yaml", text)
    }

    /// The same in a git repository, which has all files.
    pub(crate) fn committed(self) -> Given {
        Given { committed: true, ..self }
    }

    pub(crate) fn input(self, input: impl Into<String>) -> Given {
        Given { input: input.into(), ..self }
    }
}

/// A line for each number below a size, one after the other.
pub(crate) fn each(size: usize, line: impl Fn(usize) -> String) -> String {
    (0..size).map(line).collect()
}
