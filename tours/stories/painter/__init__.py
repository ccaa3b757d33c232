"""The painter: a picture of a story's title, year and place, as other sites show it beside a link.

It is a program of its own (__main__.py; core/media/apart/child.py), so that no process that serves loads Pillow.
"""
