import type { DefaultMapping } from '#connector-sdk';

/**
 * JMESPath over one entry, by the column aliases that reports usually have: the XML aliases that Workday makes of field
 * names, and those of hand. The first that is there counts; whoever names columns otherwise changes the expression.
 *
 * Booleans are "0" and "1". A related business object is a list of objects, e.g. `Manager_group`, and its first one is
 * meant. Dates may have a time or a zone behind the day.
 */
export const workdayDefaultMapping: DefaultMapping = {
  attributes: {
    fullName: `"Preferred_Name" || "Full_Name" || "Legal_Name" || "Worker_group"[0]."Preferred_Name" || "Worker_group"[0]."Legal_Name" || join(' ', ["Preferred_First_Name" || "First_Name" || "Legal_First_Name", "Preferred_Last_Name" || "Last_Name" || "Legal_Last_Name"][?@])`,
    email: `"Email_-_Work" || "Email_-_Primary_Work" || "primaryWorkEmail" || "Primary_Work_Email" || "Work_Email" || "Email_Address" || "Email" || "Worker_group"[0]."primaryWorkEmail" || "Worker_group"[0]."Email_-_Work"`,
    employeeId: `"Employee_ID" || "employeeID" || "Worker_ID" || "Worker_group"[0]."Employee_ID"`,
    active: `!contains(['0', 'false', 'No', 'Terminated'], to_string(not_null("Active_Status", "activeStatus", "Currently_Active", "Active", \`"1"\`)))`,
    title: `"Business_Title" || "businessTitle" || "Job_Title" || "jobTitle" || "Position_Title"`,
    department: `"Department" || "Supervisory_Organization" || "supervisoryOrganization" || "Cost_Center" || "Organization_group"[0]."Name"`,
    location: `"Location" || "location" || "Work_Location" || "Location_group"[0]."Location_Name" || "Location_group"[0]."Name"`,
    managerEmail: `"Manager_Email" || "Manager_-_Email" || "Manager_s_Email" || "managerEmail" || "Manager_group"[0]."primaryWorkEmail" || "Manager_group"[0]."Email_-_Work"`,
    managerEmployeeId: `"Manager_ID" || "Manager_Employee_ID" || "Manager_-_Employee_ID" || "managerEmployeeID" || "Manager_group"[0]."Employee_ID"`,
    hireDate: `("Hire_Date" || "hireDate" || "Original_Hire_Date" || "Continuous_Service_Date")[:10]`,
    terminationDate: `("Termination_Date" || "terminationDate" || "Last_Day_of_Work")[:10]`,
  },
};
