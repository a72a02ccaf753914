export interface Department {
  readonly code: string;
  readonly name: string;
  readonly costCentre: number;
}

const AREAS = [
  'Sales',
  'Engineering',
  'Operations',
  'Finance',
  'People & Culture',
  'Legal',
  'Customer Care',
  'Research',
  'Logistics',
  'Marketing',
  'Procurement',
  'Facility Services',
];
const REGIONS = ['Global', 'EMEA', 'Americas', 'APAC', 'DACH', 'Nordics', 'Südeuropa', 'Middle East'];

const DEPARTMENTS: readonly Department[] = AREAS.flatMap((area, row) =>
  REGIONS.map((region, column) => ({
    code: `OU-${100 * (row + 1) + column}`,
    name: `${area} ${region}`,
    costCentre: 4000 + 10 * row + column,
  })),
);

export function departmentAt(number: number): Department {
  const department = DEPARTMENTS[number % DEPARTMENTS.length];
  if (!department) {
    throw new RangeError(`There is no department ${number}.`);
  }
  return department;
}

/** The first is the top's, the second that of those right below. */
export const TITLES = [
  'Chief Executive Officer',
  'Vice President',
  'Account Manager',
  'Software Engineer',
  'Senior Software Engineer',
  'Payroll Specialist',
  'Team Lead',
  'Warehouse Associate',
  'Counsel',
  'Data Analyst',
  'Product Manager',
  'Recruiter',
  'Support Agent',
  'Buyer',
  'Technician',
  'Controller',
  'Ingénieure qualité',
  'Sachbearbeiter:in Einkauf',
  'Field Engineer',
  'Office Manager',
] as const;

export const VENDORS = [
  'Randwerk GmbH',
  'Interim Partners Ltd.',
  'Brigada S.L.',
  'Talentbrücke AG',
  'NorthStaff Oy',
] as const;
