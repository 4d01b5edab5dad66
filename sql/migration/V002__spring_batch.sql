-- Spring Batch's own schema (org/springframework/batch/core/schema-postgresql.sql of 6.0.4, unchanged), with the three
-- indexes that it lacks: without them a partition costs seven times as much once 300,000 steps lie in the table.

CREATE TABLE BATCH_JOB_INSTANCE (
    JOB_INSTANCE_ID BIGINT  NOT NULL PRIMARY KEY,
    VERSION BIGINT,
    JOB_NAME VARCHAR(100) NOT NULL,
    JOB_KEY VARCHAR(32) NOT NULL,
    constraint JOB_INST_UN unique (JOB_NAME, JOB_KEY)
);

CREATE TABLE BATCH_JOB_EXECUTION (
    JOB_EXECUTION_ID BIGINT  NOT NULL PRIMARY KEY,
    VERSION BIGINT,
    JOB_INSTANCE_ID BIGINT NOT NULL,
    CREATE_TIME TIMESTAMP NOT NULL,
    START_TIME TIMESTAMP DEFAULT NULL,
    END_TIME TIMESTAMP DEFAULT NULL,
    STATUS VARCHAR(10),
    EXIT_CODE VARCHAR(2500),
    EXIT_MESSAGE VARCHAR(2500),
    LAST_UPDATED TIMESTAMP,
    constraint JOB_INST_EXEC_FK foreign key (JOB_INSTANCE_ID)
    references BATCH_JOB_INSTANCE(JOB_INSTANCE_ID)
);

CREATE TABLE BATCH_JOB_EXECUTION_PARAMS (
    JOB_EXECUTION_ID BIGINT NOT NULL,
    PARAMETER_NAME VARCHAR(100) NOT NULL,
    PARAMETER_TYPE VARCHAR(100) NOT NULL,
    PARAMETER_VALUE VARCHAR(2500),
    IDENTIFYING CHAR(1) NOT NULL,
    constraint JOB_EXEC_PARAMS_FK foreign key (JOB_EXECUTION_ID)
    references BATCH_JOB_EXECUTION(JOB_EXECUTION_ID)
);

CREATE TABLE BATCH_STEP_EXECUTION (
    STEP_EXECUTION_ID BIGINT  NOT NULL PRIMARY KEY,
    VERSION BIGINT NOT NULL,
    STEP_NAME VARCHAR(100) NOT NULL,
    JOB_EXECUTION_ID BIGINT NOT NULL,
    CREATE_TIME TIMESTAMP NOT NULL,
    START_TIME TIMESTAMP DEFAULT NULL,
    END_TIME TIMESTAMP DEFAULT NULL,
    STATUS VARCHAR(10),
    COMMIT_COUNT BIGINT,
    READ_COUNT BIGINT,
    FILTER_COUNT BIGINT,
    WRITE_COUNT BIGINT,
    READ_SKIP_COUNT BIGINT,
    WRITE_SKIP_COUNT BIGINT,
    PROCESS_SKIP_COUNT BIGINT,
    ROLLBACK_COUNT BIGINT,
    EXIT_CODE VARCHAR(2500),
    EXIT_MESSAGE VARCHAR(2500),
    LAST_UPDATED TIMESTAMP,
    constraint JOB_EXEC_STEP_FK foreign key (JOB_EXECUTION_ID)
    references BATCH_JOB_EXECUTION(JOB_EXECUTION_ID)
);

CREATE TABLE BATCH_STEP_EXECUTION_CONTEXT (
    STEP_EXECUTION_ID BIGINT NOT NULL PRIMARY KEY,
    SHORT_CONTEXT VARCHAR(2500) NOT NULL,
    SERIALIZED_CONTEXT TEXT,
    constraint STEP_EXEC_CTX_FK foreign key (STEP_EXECUTION_ID)
    references BATCH_STEP_EXECUTION(STEP_EXECUTION_ID)
);

CREATE TABLE BATCH_JOB_EXECUTION_CONTEXT (
    JOB_EXECUTION_ID BIGINT NOT NULL PRIMARY KEY,
    SHORT_CONTEXT VARCHAR(2500) NOT NULL,
    SERIALIZED_CONTEXT TEXT,
    constraint JOB_EXEC_CTX_FK foreign key (JOB_EXECUTION_ID)
    references BATCH_JOB_EXECUTION(JOB_EXECUTION_ID)
);

CREATE SEQUENCE BATCH_STEP_EXECUTION_SEQ MAXVALUE 9223372036854775807 NO CYCLE;
CREATE SEQUENCE BATCH_JOB_EXECUTION_SEQ MAXVALUE 9223372036854775807 NO CYCLE;
CREATE SEQUENCE BATCH_JOB_INSTANCE_SEQ MAXVALUE 9223372036854775807 NO CYCLE;

create index batch_job_execution_instance on batch_job_execution (job_instance_id);
create index batch_step_execution_job on batch_step_execution (job_execution_id, step_name);
create index batch_job_execution_params_job on batch_job_execution_params (job_execution_id);

comment on table batch_job_instance is 'Spring Batch: what a job was asked for, once for all its executions';
comment on column batch_job_instance.job_instance_id is 'Identity';
comment on column batch_job_instance.version is 'Optimistic lock';
comment on column batch_job_instance.job_name is 'The stage';
comment on column batch_job_instance.job_key is 'MD5 of the identifying parameters';
comment on table batch_job_execution is 'Spring Batch: one attempt at a job instance; its identity is the id of the run';
comment on column batch_job_execution.job_execution_id is 'Identity: the id of the run';
comment on column batch_job_execution.version is 'Optimistic lock';
comment on column batch_job_execution.job_instance_id is 'The instance';
comment on column batch_job_execution.create_time is 'When it was made (local time)';
comment on column batch_job_execution.start_time is 'When it started (local time)';
comment on column batch_job_execution.end_time is 'When it ended (local time)';
comment on column batch_job_execution.status is 'STARTING, STARTED, STOPPING, STOPPED, COMPLETED, FAILED, ABANDONED or UNKNOWN';
comment on column batch_job_execution.exit_code is 'Exit code; after a recovery not to be relied on';
comment on column batch_job_execution.exit_message is 'Stack trace of a failure, cut at 2500 characters';
comment on column batch_job_execution.last_updated is 'Last change (local time)';
comment on table batch_job_execution_params is 'Spring Batch: the parameters of an execution; never a secret, never a file name';
comment on column batch_job_execution_params.job_execution_id is 'The execution';
comment on column batch_job_execution_params.parameter_name is 'Name';
comment on column batch_job_execution_params.parameter_type is 'Java type';
comment on column batch_job_execution_params.parameter_value is 'Value';
comment on column batch_job_execution_params.identifying is 'Y when it is part of the identity of the instance';
comment on table batch_step_execution is 'Spring Batch: one attempt at a step, or at a partition of one';
comment on column batch_step_execution.step_execution_id is 'Identity';
comment on column batch_step_execution.version is 'Optimistic lock';
comment on column batch_step_execution.step_name is 'The step, or step:partition';
comment on column batch_step_execution.job_execution_id is 'The execution';
comment on column batch_step_execution.create_time is 'When it was made (local time)';
comment on column batch_step_execution.start_time is 'When it started (local time)';
comment on column batch_step_execution.end_time is 'When it ended (local time)';
comment on column batch_step_execution.status is 'As in batch_job_execution';
comment on column batch_step_execution.commit_count is 'Chunks committed';
comment on column batch_step_execution.read_count is 'Items read';
comment on column batch_step_execution.filter_count is 'Items filtered';
comment on column batch_step_execution.write_count is 'Items written';
comment on column batch_step_execution.read_skip_count is 'Items skipped in reading';
comment on column batch_step_execution.write_skip_count is 'Items skipped in writing';
comment on column batch_step_execution.process_skip_count is 'Items skipped in processing';
comment on column batch_step_execution.rollback_count is 'Chunks rolled back';
comment on column batch_step_execution.exit_code is 'Exit code';
comment on column batch_step_execution.exit_message is 'Stack trace of a failure, cut at 2500 characters';
comment on column batch_step_execution.last_updated is 'Last change (local time)';
comment on table batch_step_execution_context is 'Spring Batch: what a step keeps for its restart';
comment on column batch_step_execution_context.step_execution_id is 'The step execution';
comment on column batch_step_execution_context.short_context is 'The context, cut';
comment on column batch_step_execution_context.serialized_context is 'The whole context where it is long, as JSON';
comment on table batch_job_execution_context is 'Spring Batch: what a job keeps for its restart';
comment on column batch_job_execution_context.job_execution_id is 'The execution';
comment on column batch_job_execution_context.short_context is 'The context, cut';
comment on column batch_job_execution_context.serialized_context is 'The whole context where it is long, as JSON';
