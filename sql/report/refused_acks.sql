-- Acknowledgements that acknowledge nothing
-- psql -v since="now() - interval '24 hours'" -v until="now()" -f sql/report/refused_acks.sql
-- :since  acknowledgements that were taken by runs that ended at this time or later
-- :until  and before this one
-- Of one with a wrong hash the delivery is told that it is for.
select route, recipient, name, finding, delivery_id, taken_at
from ack_history
where known_at >= cast(:since as timestamptz)
  and known_at < cast(:until as timestamptz)
  and finding not in ('PLACED', 'PLAINTEXT')
order by route, recipient, name, ack_id;
