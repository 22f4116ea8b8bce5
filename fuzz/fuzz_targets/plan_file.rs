#![no_main]
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| prescope_fuzz::run("plan_file", bytes));
