"""What policies say: packs read from TOML, and hits judged by every clause that covers them."""
