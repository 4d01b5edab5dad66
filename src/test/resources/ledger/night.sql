-- A night of two routes, made up: from 18:00 on the first of July 2026 to 06:00 on the second, UTC.

insert into launch (route, stage, dataset, files, launched_at, launched_by)
values ('ega', 'intake', null, null, '2026-07-01T18:00:00Z', 'night'),
       ('ega', 'transfer', null, null, '2026-07-01T19:00:00Z', 'night'),
       ('ega', 'processing', 'EGAD1', '{sub/b.bam,a.bam}', '2026-07-01T20:00:00Z', 'ada'),
       ('ega', 'processing', null, null, '2026-07-01T21:00:00Z', 'night'),
       ('ega', 'archive', null, null, '2026-07-02T05:59:00Z', 'night'),
       ('imaging', 'transfer', null, null, '2026-07-02T01:00:00Z', 'night'),
       ('ega', 'delivery', null, null, '2026-07-02T05:59:35Z', 'night'),
       ('ega', 'acknowledgement', null, null, '2026-07-02T05:59:52Z', 'night');

insert into run (run_id, launch_id, route, stage, fence, status, found, done, quarantined, skipped, pending, bytes, started_at,
                 ended_at, message)
values (1, 1, 'ega', 'intake', 1, 'COMPLETED', 6, 5, 1, 0, 0, 0, '2026-07-01T18:00:00Z', '2026-07-01T18:00:02Z', null),
       (2, 2, 'ega', 'transfer', 1, 'COMPLETED', 5, 3, 0, 1, 1, 6442450944, '2026-07-01T19:00:00Z', '2026-07-01T19:01:04Z', null),
       (3, 3, 'ega', 'processing', 1, 'FAILED', 3, 1, 0, 0, 2, 1073741824, '2026-07-01T20:00:00Z', '2026-07-01T20:00:08Z',
        'IOException: No space left on device'),
       (4, 4, 'ega', 'processing', 2, 'COMPLETED', 2, 1, 1, 0, 0, 2147483648, '2026-07-01T21:00:00Z', '2026-07-01T21:00:16Z', null),
       (5, 5, 'ega', 'archive', 1, 'STARTED', 2, 1, 0, 0, 1, 0, '2026-07-02T05:59:00Z', null, null),
       (6, 6, 'imaging', 'transfer', 1, 'FAILED', 0, 0, 0, 0, 0, 0, '2026-07-02T01:00:00Z', '2026-07-02T01:00:01Z',
        'NotDirectoryException: incoming'),
       (7, 7, 'ega', 'delivery', 1, 'COMPLETED', 4, 2, 1, 0, 1, 3000, '2026-07-02T05:59:35Z', '2026-07-02T05:59:45Z', null),
       (8, 8, 'ega', 'acknowledgement', 1, 'COMPLETED', 3, 2, 0, 1, 0, 400, '2026-07-02T05:59:52Z', '2026-07-02T05:59:54Z', null);

insert into batch_job_instance (job_instance_id, version, job_name, job_key)
values (3, 0, 'processing', 'three');
insert into batch_job_execution (job_execution_id, version, job_instance_id, create_time, start_time, end_time, status)
values (3, 2, 3, '2026-07-01T20:00:00Z', '2026-07-01T20:00:00Z', '2026-07-01T20:00:08Z', 'FAILED');
insert into batch_step_execution (step_execution_id, version, step_name, job_execution_id, create_time, start_time, end_time,
                                  status, commit_count, read_count, write_count, rollback_count, exit_message)
values (31, 1, 'cut', 3, '2026-07-01T20:00:00Z', '2026-07-01T20:00:00Z', '2026-07-01T20:00:01Z', 'COMPLETED', 1, 0, 0, 0, ''),
       (32, 1, 'part:part0', 3, '2026-07-01T20:00:01Z', '2026-07-01T20:00:01Z', '2026-07-01T20:00:07.5Z', 'FAILED', 1, 3, 1, 1,
        E'java.io.IOException: No space left on device\n\tat org.waybill');

insert into manifest (route, name, sha256, format, outcome, detail, rows, accepted, rejected, run_id, seen_at)
values ('ega', 'EGAD1.csv', repeat('1', 64), 'TABLE', 'TAKEN', null, 6, 5, 1, 1, '2026-07-01T18:00:01Z'),
       ('ega', 'EGAD0.csv', repeat('2', 64), 'TABLE', 'CONFLICT', 'line 2: a.bam has another MD5 than before', 1, 0, 0, 1,
        '2026-07-01T18:00:02Z'),
       ('imaging', 'study.tsv', repeat('3', 64), 'TABLE', 'TAKEN', null, 1, 1, 0, 1, '2026-06-01T00:00:00Z');
insert into manifest_reject (manifest_id, line, fault, detail)
values (1, 7, 'SIZE', '"big" is not a size; write bytes');

insert into dataset (route, name, requested_at)
values ('ega', 'EGAD1', '2026-07-01T18:00:02Z'),
       ('ega', 'EGAD2', '2026-07-01T18:00:02Z'),
       ('imaging', 'EGAD1', '2026-06-01T00:00:00Z');

insert into data_file (route, path, state, declared_size_plain, declared_size_encrypted, expected_at, arrived_at, arrived_as,
                       arrival_rule, received_size, processed_at, received_format, plain_size, plain_md5, plain_sha256,
                       complete_by, archived_size, archived_md5, archived_sha256, archived_at, reason, held_state)
values ('ega', 'a.bam', 'ARCHIVED', 1000, null, '2026-07-01T18:00:02Z', '2026-07-01T19:00:10Z', 'a.bam.c4gh', 'DECLARED_SIZE',
        1124, '2026-07-01T20:00:05Z', 'CRYPT4GH', 1000, repeat('a', 32), repeat('a', 64), 'DIGEST', 1124, repeat('b', 32),
        repeat('b', 64), '2026-07-02T05:59:30Z', null, null),
       ('ega', 'sub/b.bam', 'QUARANTINED', null, 2048, '2026-07-01T18:00:02Z', '2026-07-01T19:00:10Z', 'sub/b.bam.cip', 'QUIET',
        2048, null, null, null, null, null, null, null, null, null, null, 'PLAIN_CHECKSUM_MISMATCH', 'ARRIVED'),
       ('ega', 'c.bam', 'EXPECTED', 3000, null, '2026-07-01T18:00:02Z', null, null, null, null, null, null, null, null, null, null,
        null, null, null, null, null, null),
       ('ega', 'other/b.bam', 'PROCESSED', null, null, '2026-07-01T18:00:02Z', '2026-07-01T19:00:10Z', 'other/b.bam', 'QUIET', 4096,
        '2026-07-01T21:00:10Z', 'PLAIN', 4096, repeat('c', 32), repeat('c', 64), 'DIGEST', 4248, repeat('d', 32), repeat('d', 64),
        null, null, null),
       ('ega', 'd.bam', 'EXPECTED', null, null, '2026-07-01T18:00:02Z', null, null, null, null, null, null, null, null, null, null,
        null, null, null, null, null, null),
       ('imaging', 'scan/x.dcm', 'ARRIVED', null, null, '2026-06-01T00:00:00Z', '2026-06-02T00:00:00Z', 'scan/x.dcm', 'QUIET', 512,
        null, null, null, null, null, null, null, null, null, null, null, null);

insert into dataset_file (dataset_id, file_id, manifest_id, line, archived_as)
values (1, 1, 1, 2, 'EGAD1/a.bam.c4gh'), (2, 1, 1, 2, 'EGAD2/a.bam.c4gh'), (1, 2, 1, 3, null), (1, 3, 1, 4, null),
       (1, 4, 1, 5, null), (1, 5, 1, 6, null), (3, 6, 3, 2, null);
insert into declared_checksum (file_id, side, algorithm, value, manifest_id)
values (1, 'PLAIN', 'MD5', repeat('a', 32), 1), (2, 'PLAIN', 'SHA256', repeat('e', 64), 1);

insert into file_event (file_id, at, from_state, to_state, reason, detail, run_id, actor)
values (1, '2026-07-01T18:00:02Z', null, 'EXPECTED', 'DECLARED', 'dataset EGAD1, line 2', 1, 'intake'),
       (2, '2026-07-01T18:00:02Z', null, 'EXPECTED', 'DECLARED', 'dataset EGAD1, line 3', 1, 'intake'),
       (3, '2026-07-01T18:00:02Z', null, 'EXPECTED', 'DECLARED', 'dataset EGAD1, line 4', 1, 'intake'),
       (4, '2026-07-01T18:00:02Z', null, 'EXPECTED', 'DECLARED', 'dataset EGAD1, line 5', 1, 'intake'),
       (5, '2026-07-01T18:00:02Z', null, 'EXPECTED', 'DECLARED', 'dataset EGAD1, line 6', 1, 'intake'),
       (6, '2026-06-01T00:00:00Z', null, 'EXPECTED', 'DECLARED', 'dataset EGAD1, line 2', null, 'intake'),
       (6, '2026-06-02T00:00:00Z', 'EXPECTED', 'ARRIVED', 'QUIET', '', null, 'transfer'),
       (1, '2026-07-01T19:00:10Z', 'EXPECTED', 'ARRIVED', 'DECLARED_SIZE', 'as a.bam.c4gh, 1124 bytes', 2, 'transfer'),
       (2, '2026-07-01T19:00:10Z', 'EXPECTED', 'ARRIVED', 'QUIET', 'as sub/b.bam.cip, 2048 bytes', 2, 'transfer'),
       (4, '2026-07-01T19:00:10Z', 'EXPECTED', 'ARRIVED', 'QUIET', 'as other/b.bam, 4096 bytes', 2, 'transfer'),
       (1, '2026-07-01T20:00:05Z', 'ARRIVED', 'PROCESSED', 'VERIFIED', 'CRYPT4GH, 1000 bytes, complete by DIGEST', 3, 'processing'),
       (2, '2026-07-01T21:00:08Z', 'ARRIVED', 'QUARANTINED', 'PLAIN_CHECKSUM_MISMATCH', 'expected sha256:ee, found sha256:ff', 4,
        'processing'),
       (4, '2026-07-01T21:00:10Z', 'ARRIVED', 'PROCESSED', 'VERIFIED', 'PLAIN, 4096 bytes, complete by DIGEST', 4, 'processing'),
       (1, '2026-07-02T05:59:30Z', 'PROCESSED', 'ARCHIVED', 'ARCHIVED', '', 5, 'archive'),
       (1, '2026-07-02T05:59:30Z', 'ARCHIVED', 'ARCHIVED', 'PUBLISHED', 'EGAD1/a.bam.c4gh', 5, 'archive'),
       (1, '2026-07-02T05:59:30Z', 'ARCHIVED', 'ARCHIVED', 'PUBLISHED', 'EGAD2/a.bam.c4gh', 5, 'archive');

insert into delivery (route, file_id, recipient, label, rule, channel, placed_as, form, state, reason, decided_at, delivered_at,
                      size_bytes, sha256, verified_by, forced, acknowledge_by)
values ('ega', 1, 'partner', 'Partner', 'all', 'web', 'partner/a.bam.c4gh', 'RECIPIENT_KEY', 'DELIVERED', null, '2026-07-02T05:59:35Z',
        '2026-07-02T05:59:40Z', 1500, repeat('e', 64), 'READ_BACK', true, '2026-07-02T05:59:50Z'),
       ('ega', 1, 'vault', '', 'all', 'web', 'vault/a.bam.c4gh', 'ARCHIVED', 'HELD', 'PLACE_TAKEN', '2026-07-02T05:59:35Z', null,
        null, null, null, null, null),
       ('ega', 1, 'north', '', 'all', 'web', 'north/a.bam', 'PLAIN', 'PENDING', null, '2026-07-02T05:59:35Z', null,
        null, null, null, null, null),
       ('ega', 1, 'south', '', 'all', 'web', 'south/a.bam', 'PLAIN', 'RECALLED', null, '2026-07-02T05:59:35Z', null,
        null, null, null, null, null),
       ('ega', 1, 'west', '', 'all', 'web', 'west/a.bam.c4gh', 'RECIPIENT_KEY', 'DELIVERED', null, '2026-07-02T05:59:35Z',
        '2026-07-02T05:59:42Z', 1500, repeat('f', 64), 'SERVER_HASH', false, '2026-07-09T05:59:42Z');
insert into delivery_event (delivery_id, at, from_state, to_state, reason, detail, run_id, actor, acknowledge_by)
select delivery_id, decided_at, null, 'PENDING', 'ADDRESSED', 'by rule all', 7, 'delivery', null from delivery order by delivery_id;
insert into delivery_event (delivery_id, at, from_state, to_state, reason, detail, run_id, actor, acknowledge_by)
values (4, '2026-07-02T05:59:36Z', 'PENDING', 'RECALLED', 'RECALL', 'not for them', null, 'ada', null),
       (1, '2026-07-02T05:59:40Z', 'PENDING', 'DELIVERED', 'DELIVERED', '1500 bytes', 7, 'delivery', '2026-07-02T05:59:50Z'),
       (2, '2026-07-02T05:59:41Z', 'PENDING', 'HELD', 'PLACE_TAKEN', 'expected nothing, found 7 bytes', 7, 'delivery', null),
       (5, '2026-07-02T05:59:42Z', 'PENDING', 'DELIVERED', 'DELIVERED', '1500 bytes', 7, 'delivery', '2026-07-09T05:59:42Z');

insert into log_stream (route, log, head_sha256, head_bytes, first_sha256, first_bytes, file_name, position, last_at, began_at, ended_as)
values ('ega', 'web', repeat('1', 64), 400, repeat('2', 64), 120, 'access.log', 400, '2026-07-02T05:59:51Z', '2026-07-02T05:59:52Z', null),
       ('ega', 'web', repeat('3', 64), 400, repeat('4', 64), 120, 'access.log.1', 0, null, '2026-07-02T05:59:30Z', 'LOST');
insert into log_gap (stream_id, from_at, to_at, why, run_id)
values (2, '2026-07-02T05:59:30Z', '2026-07-02T05:59:53Z', 'no file begins like it and has it up to where it was read', 8);
insert into ack_file (route, recipient, name, sha256, finding, claimed, delivery_id, taken_at, run_id)
values ('ega', 'partner', 'a.bam.c4gh.ack', repeat('5', 64), 'WRONG_HASH', repeat('6', 64), 1, '2026-07-02T05:59:53Z', 8);
insert into log_reading (stream_id, from_position, to_position, run_id, lines) values (1, 0, 400, 8, 3);
insert into log_ignored (stream_id, from_position, rule, lines) values (1, 0, 'ROBOT', 1);
insert into log_request (stream_id, line_offset, from_position, delivery_id, at, client, user_name, status, response_bytes, completion,
                         piece_from, piece_to, etag, agent)
values (1, 0, 0, 1, '2026-07-02T05:59:49Z', '192.0.2.1', 'partner', 200, 1500, 'ABORTED', null, null, '', 'curl/8'),
       (1, 200, 0, 5, '2026-07-02T05:59:50Z', '192.0.2.2', '', 200, 1500, 'COMPLETED', 0, 1500, '', 'curl/8');
insert into receipt (delivery_id, rung, at, stream_id, line_offset, ack_id, run_id)
values (1, 'P1', '2026-07-02T05:59:49Z', 1, 0, null, 8),
       (5, 'P1', '2026-07-02T05:59:50Z', 1, 200, null, 8),
       (5, 'P2', '2026-07-02T05:59:50Z', 1, 200, null, 8);

insert into route_configuration (route, sha256, seen_at)
values ('ega', repeat('8', 64), '2026-06-30T18:00:00Z'),
       ('ega', repeat('9', 64), '2026-07-01T18:00:00Z');
insert into route_schedule (configuration_id, target, stage, cron, zone, grace_seconds)
values (1, 'ega', 'intake', '0 12,18 * * *', 'UTC', 3600),
       (2, 'ega', 'intake', '0 18 * * *', 'UTC', 3600),
       (2, 'ega.transfer', 'transfer', '0 19,22,23 * * *', 'UTC', 3600);
update run
set configuration = repeat('9', 64), program = '0.1.0', java = '17.0.13+11', database = '18.1'
where route = 'ega';

insert into observation (route, path, match_path, match_name, size_bytes, modified_ns, changed_ns, inode, first_seen_at,
                         counted_at, observations, look, done_file, fault, file_id, arrival_rule)
values ('ega', 'c.bam.c4gh', 'c.bam', 'c.bam', 30, 1, 1, 1, '2026-07-02T04:00:00Z', '2026-07-02T04:00:00Z', 1, 1, false, null, null, null),
       ('ega', 'stranger.bam', 'stranger.bam', 'stranger.bam', 40, 1, 1, 2, '2026-07-01T04:00:00Z', '2026-07-01T04:00:00Z', 9, 1, false, null,
        null, null),
       ('ega', 'sub/b.bam.cip', 'sub/b.bam', 'b.bam', 2048, 1, 1, 3, '2026-07-02T05:00:00Z', '2026-07-02T05:00:00Z', 2, 1, false, null, null,
        null),
       ('ega', 'one/d.bam', 'one/d.bam', 'd.bam', 50, 1, 1, 4, '2026-07-02T03:00:00Z', '2026-07-02T03:00:00Z', 3, 1, false, null, null, null),
       ('ega', 'two/d.bam', 'two/d.bam', 'd.bam', 50, 1, 1, 5, '2026-07-02T03:00:00Z', '2026-07-02T03:00:00Z', 3, 1, false, null, null, null),
       ('imaging', 'pipe', 'pipe', 'pipe', 0, 1, 1, 6, '2026-07-02T00:00:00Z', '2026-07-02T00:00:00Z', 1, 1, false, 'not a regular file', null,
        null);
