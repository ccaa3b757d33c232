"""Seasons: 24 to 28 days in which encounters score."""
