"""Rows that are shared out to the workers of a Dask cluster, and what they find put together."""
