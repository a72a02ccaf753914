import type { DefaultMapping } from '#connector-sdk';

const personal = 'Worker_Data[0].Personal_Data[0]';
const names = `${personal}.Name_Data[0]`;
const status = 'Worker_Data[0].Employment_Data[0].Worker_Status_Data[0]';
/** The position that counts: of the primary job, else of the first. */
const position =
  'not_null(Worker_Data[0].Employment_Data[0].Worker_Job_Data[?"@Primary_Job"==\'1\'] | [0], Worker_Data[0].Employment_Data[0].Worker_Job_Data[0]).Position_Data[0]';
const organizations = 'Worker_Data[0].Organization_Data[0].Worker_Organization_Data[].Organization_Data[0]';

/**
 * JMESPath over one Worker of Get_Workers. Every element is a list; booleans are "0" and "1". Which address is the one for
 * work, and which organization is the supervisory one, is said by the references within them.
 */
export const workdaySoapDefaultMapping: DefaultMapping = {
  attributes: {
    fullName: `${names}.Preferred_Name_Data[0].Name_Detail_Data[0]."@Formatted_Name" || ${names}.Legal_Name_Data[0].Name_Detail_Data[0]."@Formatted_Name" || Worker_Descriptor[0]`,
    email: `${emails(`"@Primary"=='1' && `)} || ${emails('')}`,
    employeeId: 'Worker_Data[0].Worker_ID[0]',
    active: `${status}.Active[0] != '0'`,
    title: `${position}.Business_Title[0] || ${position}.Position_Title[0]`,
    department: `${organizations} | [?Organization_Type_Reference[0].ID[?"#text"=='SUPERVISORY']] | [0].Organization_Name[0]`,
    location: `${position}.Business_Site_Summary_Data[0].Name[0]`,
    managerEmployeeId: `${position}.Manager_as_of_last_detected_manager_change_Reference[0].ID[?contains(['Employee_ID', 'Contingent_Worker_ID'], "@type")] | [0]."#text"`,
    hireDate: `${status}.Hire_Date[0] | @ && @[:10]`,
    terminationDate: `${status}.Termination_Date[0] | @ && @[:10]`,
  },
};

function emails(primary: string): string {
  return `(${personal}.Contact_Data[0].Email_Address_Data[?Usage_Data[?Type_Data[?${primary}Type_Reference[0].ID[?"#text"=='WORK']]]] | [0].Email_Address[0])`;
}
