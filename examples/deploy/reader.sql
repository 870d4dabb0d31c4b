-- The role that the graph connects as: it reads the views, and neither the tables below them nor anything else.
\getenv password READER_PASSWORD
create role graph_reader login password :'password';
create schema analytics_production;
grant usage on schema analytics_production to graph_reader;
alter default privileges in schema analytics_production
  grant select on tables to graph_reader;
