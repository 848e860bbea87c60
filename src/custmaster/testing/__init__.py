"""Hypothesis strategies for the public values, and the plugin that registers them (extra: testing)."""
