//! The YAML module.
