//! A project on disk: which policy and directory files belong together.

pub mod config;
