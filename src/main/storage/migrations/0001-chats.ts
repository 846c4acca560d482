/**
 * Chats, their messages in one order that no clock can disturb (sequence), drafts with the chat, and measured runs.
 * Removed chats are hidden first and deleted at a later start, so that Undo survives a crash.
 */
export const chats = `
create table chat (
    id text primary key,
    title text not null,
    draft text not null default '',
    updated_sequence integer not null,
    updated_at integer not null,
    removed_at integer
) strict;

create table message (
    sequence integer primary key autoincrement,
    id text not null unique,
    chat_id text not null references chat (id) on delete cascade,
    role text not null check (role in ('user', 'assistant')),
    text text not null,
    state text not null check (state in ('complete', 'writing', 'stopped', 'failed', 'cut')),
    created_at integer not null,
    model_id text,
    model_name text,
    statistics text,
    failure text
) strict;

create index message_of_chat on message (chat_id, sequence);

create table measurement (
    sequence integer primary key autoincrement,
    model_id text not null,
    body text not null
) strict;

create index measurement_of_model on measurement (model_id, sequence);
`;
