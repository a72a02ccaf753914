/** The entry of one person, as a report has it; JSON of so many bytes. */
export function reportEntry(number: number, bytes: number): string {
  const id = String(number).padStart(7, '0');
  const entry = {
    Employee_ID: `E${id}`,
    Legal_Name: `Person ${id}`,
    Email: `person.${id}@example.com`,
    Manager: { Employee_ID: `E${String(number >> 4).padStart(7, '0')}`, Level: number % 9 },
    Cost_Centres: ['CC-100', 'CC-200', 'CC-300'].map((code, at) => ({ code, share: at / 3 })),
    Active: number % 50 !== 0,
    Hire_Date: `20${String(10 + (number % 15))}-03-01`,
    Note: '',
  };
  entry.Note = 'x'.repeat(Math.max(0, bytes - JSON.stringify(entry).length));
  return JSON.stringify(entry);
}
