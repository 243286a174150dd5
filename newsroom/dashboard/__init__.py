"""The leaders' dashboard: what was counted in a period, held against other periods, with what happened meanwhile."""
