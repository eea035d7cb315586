//! The core against what it promises: exact points, reversible edits, a stored
//! format that reads back, files that do not lie. Knows no browser and no file
//! system beyond the fixtures and the core's own source.

mod analysis;
mod arrival_pages;
mod arrivals;
mod backups;
mod blocks;
mod browser;
mod checks;
mod coefficient_pages;
mod coefficients;
mod counting;
mod deleted;
mod differences;
mod district;
mod edits;
mod evidence;
mod field;
mod filters;
mod grid;
mod grid_html;
mod grid_kinds;
mod grid_texts;
mod history;
mod journals;
mod keeping;
mod keys;
mod leaving;
mod logs;
mod measures;
mod memory;
mod narratives;
mod numbers;
mod pages;
mod pastes;

mod points;
mod purity;
mod random;
mod readings;
mod records;
mod reference;
mod restores;
mod routes;
mod sample;
mod scores;
mod splices;
mod standings;
mod steps;
mod stored;
mod stores;
mod texts;
mod traces;
mod unmerged;
mod whatifs;
mod yunhe;
