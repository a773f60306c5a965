"""Drills: the whole site under load, and under what breaks."""
