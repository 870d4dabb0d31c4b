create view learning_app_subjects as
select
  app_subject.lti_application_id as learning_app_id,
  app_subject.subject_title
from lti_application_subject app_subject;
