"""The seminar page, served live: for any values, with answers that grow."""
