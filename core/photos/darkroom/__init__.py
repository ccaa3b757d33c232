"""The darkroom: draws an uploaded picture again from its pixels, in three sizes and without anything else in the file.

It is a program of its own (__main__.py; core/media/apart/child.py): small, so that it forks fast, and it imports
nothing of the project, so that it knows no secrets.
"""
