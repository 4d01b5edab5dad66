-- The same files take other times, and other paths through native code, on other machines.
alter table run add column machine text not null default '';
comment on column run.machine is 'Java and the implementations of ciphers and digests that did the work; empty where that makes no difference';
