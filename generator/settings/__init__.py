"""The cascade of settings: many layers become one, and every value keeps its origin."""
