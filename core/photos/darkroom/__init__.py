"""The darkroom: draws an uploaded picture again from its pixels, in three sizes and without anything else in the file.

It is a program of its own (__main__.py): small, so that it forks fast, and it imports nothing of the project, so that
it knows no secrets. Only what is in this folder decodes what strangers send.
"""
