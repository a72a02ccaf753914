import type { DefaultMapping } from '#connector-sdk';

/** What the id's column may be called where the settings don't say; letter case, spaces, `_` and `-` aside. */
export const ID_COLUMNS = [
  'Employee ID',
  'Employee Number',
  'Employee No',
  'Personnel Number',
  'Worker ID',
  'Person ID',
] as const;

const spellings = {
  employeeId: ['Employee ID', 'Employee Id', 'EmployeeID', 'employee_id', 'Employee Number', 'Employee No'],
  fullName: ['Full Name', 'Display Name', 'Name', 'full_name'],
  firstName: ['First Name', 'FirstName', 'Given Name', 'Preferred First Name', 'first_name'],
  lastName: ['Last Name', 'LastName', 'Surname', 'Family Name', 'last_name'],
  email: ['Work Email', 'Work E-mail', 'Work Email Address', 'Email Address', 'Email', 'E-mail', 'work_email', 'email'],
  title: ['Job Title', 'Business Title', 'Position Title', 'Title', 'job_title'],
  department: ['Department', 'Department Name', 'Organization', 'department'],
  managerEmail: [
    "Manager's Email",
    "Manager's Work Email",
    "Manager's Email Address",
    'Manager Email',
    'Manager Work Email',
    'manager_email',
  ],
  status: ['Employment Status', 'Employee Status', 'Worker Status', 'Status', 'status'],
  terminationDate: ['Termination Date', 'Last Working Day', 'Last Day', 'End Date', 'termination_date'],
};

/** JMESPath for the first of these columns that is there and not blank. */
function firstOf(headers: readonly string[]): string {
  return headers.map((header) => JSON.stringify(header)).join(' || ');
}

const name = `join(' ', [${firstOf(spellings.firstName)}, ${firstOf(spellings.lastName)}][?@])`;
const status = `lower(trim(${firstOf(spellings.status)} || 'active'))`;
const employed = [
  'active',
  'a',
  'employed',
  'current',
  'on leave',
  'leave',
  'leave of absence',
  'loa',
  'yes',
  'true',
  '1',
];
const left = ['terminated', 't', 'inactive', 'i', 'left', 'leaver', 'former', 'deactivated', 'no', 'false', '0'];

/**
 * The columns that HR reports usually have, under the names that they usually have. A status that nobody has thought of is
 * handed on as it is, which fails that record and says so: guessing would keep a leaver in or shut an employee out.
 */
export const csvSftpDefaultMapping: DefaultMapping = {
  attributes: {
    fullName: `${firstOf(spellings.fullName)} || ${name}`,
    email: firstOf(spellings.email),
    employeeId: firstOf(spellings.employeeId),
    active: `(contains(${listOf(employed)}, ${status}) && 'true') || (contains(${listOf(left)}, ${status}) && 'false') || ${status}`,
    title: firstOf(spellings.title),
    department: firstOf(spellings.department),
    managerEmail: firstOf(spellings.managerEmail),
    terminationDate: firstOf(spellings.terminationDate),
  },
};

function listOf(values: readonly string[]): string {
  return `\`${JSON.stringify(values)}\``;
}
