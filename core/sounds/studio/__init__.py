"""The studio: makes one AAC file of an uploaded sound, at an even loudness and without anything else in the file.

It is a program of its own (__main__.py; core/media/apart/child.py) and imports nothing of the project.
"""
