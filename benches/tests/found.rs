//! What `docs/found.md` says of another engine, asked of that engine.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use regorus::languages::rego::compiler::Compiler;
use regorus::rvm::vm::RegoVM;
use regorus::{Engine, Rc, Value};

const PAGE: &str = include_str!("../../docs/found.md");

/// The code block of the page behind these words.
fn block(info: &str) -> &'static str {
    let (_, rest) = PAGE.split_once(&format!("\n```{info}\n")).expect("a block");
    rest.split_once("\n```").expect("its end").0
}

fn engine(policy: &str) -> Engine {
    let mut engine = Engine::new();
    engine.add_policy("level.rego".to_owned(), policy.to_owned()).expect("a policy");
    engine
}

fn by_the_interpreter(policy: &str) -> Value {
    engine(policy).eval_rule("data.found.level".to_owned()).expect("a value")
}

fn by_the_machine(policy: &str) -> Value {
    let entry = "data.found.level";
    let compiled = engine(policy).compile_with_entrypoint(&Rc::from(entry)).expect("an entry point");
    let program = Compiler::compile_from_policy(&compiled, &[entry]).expect("a program");
    let mut machine = RegoVM::new();
    machine.load_program(program);
    machine.set_data(Value::new_object()).expect("data");
    machine.set_input(Value::new_object());
    machine.execute_entry_point_by_index(0).expect("an answer")
}

/// The interpreter of the same engine goes on to the next `else`, as the language says.
#[test]
fn the_virtual_machine_of_regorus_stops_where_the_language_goes_on() {
    let policy = block("rego");
    assert_eq!(by_the_interpreter(policy), Value::from("unlisted"));
    assert_eq!(by_the_machine(policy), Value::Undefined);
}

/// The same rules with references as conditions, which is how the benchmarks write them.
#[test]
fn the_virtual_machine_of_regorus_answers_what_names_nothing() {
    let policy = block("rego plain");
    assert_eq!(by_the_interpreter(policy), Value::from("unlisted"));
    assert_eq!(by_the_machine(policy), Value::from("unlisted"));
}
