"""From a raw report, as text or as a Word file, to a draft: it proposes, and a person confirms."""
