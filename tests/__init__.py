"""What the project promises, as sentences. `make quick` runs the fast ones, `make test` all."""
