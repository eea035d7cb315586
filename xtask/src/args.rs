//! The command line: a command, then `--name value` or `--flag` in any order.

use anyhow::{Result, bail};

/// What is left to be read of the command line.
pub struct Args(Vec<String>);

impl Args {
    pub fn from_env() -> Self {
        Self(std::env::args().skip(1).collect())
    }

    /// The first word, if there is one.
    pub fn command(&mut self) -> Option<String> {
        (!self.0.is_empty()).then(|| self.0.remove(0))
    }

    /// The value after `name`, or in `name=value`.
    pub fn value(&mut self, name: &str) -> Result<Option<String>> {
        let joined = format!("{name}=");
        let Some(at) = self.0.iter().position(|word| word == name || word.starts_with(&joined)) else {
            return Ok(None);
        };
        let word = self.0.remove(at);
        if let Some(value) = word.strip_prefix(&joined) {
            return Ok(Some(value.to_owned()));
        }
        if at >= self.0.len() {
            bail!("{name} needs a value");
        }
        Ok(Some(self.0.remove(at)))
    }

    /// Was `name` given?
    pub fn flag(&mut self, name: &str) -> bool {
        let at = self.0.iter().position(|word| word == name);
        at.map(|at| self.0.remove(at)).is_some()
    }

    /// What is left, for another program to read.
    pub fn rest(self) -> Vec<String> {
        self.0
    }

    /// Refuses what nobody asked for.
    pub fn finish(self) -> Result<()> {
        match self.0.first() {
            Some(word) => bail!("unknown option {word}"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn args(words: &str) -> Args {
        Args(words.split_whitespace().map(str::to_owned).collect())
    }

    #[test]
    fn options_come_in_any_order_and_either_form() {
        let mut args = args("serve --release --port=81 --dist out");
        assert_eq!(args.command().as_deref(), Some("serve"));
        assert_eq!(args.value("--dist").unwrap().as_deref(), Some("out"));
        assert_eq!(args.value("--port").unwrap().as_deref(), Some("81"));
        assert!(args.flag("--release"));
        assert!(args.finish().is_ok());
    }

    #[test]
    fn a_missing_value_and_an_unknown_option_are_named() {
        assert_eq!(args("--port").value("--port").unwrap_err().to_string(), "--port needs a value");
        assert_eq!(args("--fast").finish().unwrap_err().to_string(), "unknown option --fast");
    }
}
