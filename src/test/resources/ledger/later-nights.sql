-- What happened long after the night of night.sql: all of it moves things on, and none of it is part of that night.

insert into run (run_id, launch_id, route, stage, fence, status, found, done, quarantined, skipped, pending, bytes, started_at,
                 ended_at, message, configuration, program, java, database)
values (60, 6, 'imaging', 'transfer', 2, 'COMPLETED', 9, 9, 0, 0, 0, 512, '2026-07-03T01:00:00Z', '2026-07-03T01:00:09Z', null,
        repeat('7', 64), '9.9.9', '99', '99'),
       (61, 2, 'ega', 'transfer', 2, 'COMPLETED', 1, 1, 0, 0, 0, 10, '2026-07-03T02:00:00Z', '2026-07-05T02:00:00Z', null, null, '', '', '');
update run set status = 'ABANDONED', message = 'nobody needs it' where run_id = 6;

insert into manifest (route, name, sha256, format, outcome, detail, rows, accepted, rejected, run_id, seen_at)
values ('ega', 'EGAD3.csv', repeat('4', 64), 'TABLE', 'TAKEN', null, 2, 1, 1, 60, '2026-07-03T00:00:00Z');
insert into manifest_reject (manifest_id, line, fault, detail) values (4, 3, 'SIZE', 'no size');
insert into dataset (route, name, requested_at) values ('ega', 'EGAD3', '2026-07-03T00:00:00Z');
insert into data_file (route, path, state, expected_at) values ('ega', 'new.bam', 'EXPECTED', '2026-07-03T00:00:00Z');
insert into dataset_file (dataset_id, file_id, manifest_id, line) values (4, 7, 4, 2);
insert into file_event (file_id, at, from_state, to_state, reason, detail, run_id, actor)
values (7, '2026-07-03T00:00:00Z', null, 'EXPECTED', 'DECLARED', 'dataset EGAD3, line 2', 60, 'intake');

insert into route_configuration (route, sha256, seen_at)
values ('ega', repeat('7', 64), '2026-07-03T00:00:00Z'), ('imaging', repeat('6', 64), '2026-07-03T00:00:00Z');
insert into route_schedule (configuration_id, target, stage, cron, zone, grace_seconds)
values (3, 'ega.transfer', 'transfer', '* * * * *', 'UTC', 60), (4, 'imaging', 'intake', '* * * * *', 'UTC', 60);

delete from observation;

update delivery
set state = 'DELIVERED', reason = null, delivered_at = '2026-07-03T02:00:00Z', size_bytes = 1, sha256 = repeat('1', 64), verified_by = 'READ_BACK',
    forced = true, acknowledge_by = '2026-07-04T02:00:00Z'
where delivery_id in (2, 3);
update delivery set state = 'REPLACED' where delivery_id = 1;
update delivery set state = 'PENDING', acknowledge_by = null where delivery_id in (4, 5);
insert into delivery_event (delivery_id, at, from_state, to_state, reason, detail, run_id, actor, acknowledge_by)
values (2, '2026-07-02T13:00:00Z', 'HELD', 'PENDING', 'RESEND', 'mended', null, 'ada', null),
       (2, '2026-07-03T02:00:00Z', 'PENDING', 'DELIVERED', 'DELIVERED', '1 bytes', 61, 'delivery', '2026-07-04T02:00:00Z'),
       (3, '2026-07-03T02:00:00Z', 'PENDING', 'DELIVERED', 'DELIVERED', '1 bytes', 61, 'delivery', '2026-07-04T02:00:00Z'),
       (1, '2026-07-03T02:00:00Z', 'DELIVERED', 'REPLACED', 'REPLACED', '', 61, 'delivery', null),
       (4, '2026-07-03T02:00:00Z', 'RECALLED', 'PENDING', 'RESEND', 'for them', null, 'ada', null),
       (5, '2026-07-03T02:00:00Z', 'DELIVERED', 'PENDING', 'RESEND', 'lost it', null, 'ada', null);

insert into ack_file (route, recipient, name, sha256, finding, claimed, delivery_id, taken_at, run_id)
values ('ega', 'partner', 'a.bam.c4gh.ack', repeat('2', 64), 'PLACED', repeat('e', 64), 1, '2026-07-03T02:00:00Z', 61),
       ('ega', 'west', 'a.bam.c4gh.ack', repeat('3', 64), 'PLACED', repeat('f', 64), 5, '2026-07-03T02:00:00Z', 61);
-- The evidence of the first one is of the night, and was found long after it.
insert into receipt (delivery_id, rung, at, stream_id, line_offset, ack_id, run_id)
values (1, 'P2', '2026-07-02T05:59:49Z', 1, 0, null, 61), (1, 'P3', '2026-07-03T02:00:00Z', null, null, 1, 61),
       (5, 'P3', '2026-07-03T02:00:00Z', null, null, 2, 61);
