comment on table run_progress is 'how far a run has come, for who looks on, and whether it is asked to stop; written every five seconds while it runs. What counts is in run.';
