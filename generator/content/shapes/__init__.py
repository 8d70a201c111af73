"""The shapes that posts may have, one module each; a new one is found by being here."""
