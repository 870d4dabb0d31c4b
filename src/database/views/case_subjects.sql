create view case_subjects as
select
  subject.identifier as id,
  subject.title,
  subject.hierarchy_code,
  subject.description
from cf_subject subject;
