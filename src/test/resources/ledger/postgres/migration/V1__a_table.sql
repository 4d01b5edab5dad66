create table migrated (number int);
