"""Serving on one machine: browser libraries, web and clockwork together, https for the phones on this network."""
