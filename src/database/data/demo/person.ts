import type { Dataset } from '../dataset.ts';
import { demoId } from '../ids.ts';

export interface Role {
  readonly org: string;
  readonly role?: 'student' | 'teacher' | 'principal' | 'parent' | 'aide' | 'administrator';
  readonly type?: 'primary' | 'secondary';
  readonly begin?: string;
  readonly end?: string;
  readonly admission?: string;
  readonly status?: 'active' | 'inactive' | 'tobedeleted';
}

export interface Person {
  readonly id: string;
  readonly given: string;
  readonly family: string;
  readonly mail: string | null;
}

export function addPerson(data: Dataset, { id, given, family, mail }: Person, roles: readonly Role[]): void {
  data.add('one_roster_user', { id, given_name: given, family_name: family, email: mail });
  roles.forEach(({ org, role = 'student', type = 'primary', begin, end, admission, status = 'active' }, index) => {
    data.add('one_roster_role', {
      id: demoId(`role/${id}/${index}`),
      user_id: id,
      org_id: org,
      role,
      role_type: type,
      begin_date: begin ?? null,
      end_date: end ?? null,
      admission_date: admission ?? null,
      status,
    });
  });
}
