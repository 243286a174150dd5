"""Experiments with faults: what the newsroom acknowledges is kept, once, whatever breaks (docs/reliability.md).

    make faults                 all of them, in some eight minutes; FAULTS_SHORT=1 the most telling ones, in two
    .venv/bin/python -m bench.faults frozen killed

They run against `tools.cluster.Cluster`: nginx, two web processes of two workers each, a PostgreSQL that waits for its
disk. Each begins with a fault that is planted on purpose and has to be found; an experiment that does not see it proves
nothing, and fails.
"""
