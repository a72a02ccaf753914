import { xmlEscape } from '#connector-sdk';
import type { SimulatedWorker } from './simulated-worker.js';

/** The element Worker as Get_Workers writes it, with the parts that people are mapped from. */
export function workerXml(worker: SimulatedWorker): string {
  const { wid, employeeId, isContingent = false, fullName, hireDate, isActive, paddingBytes = 0 } = worker;
  const type = isContingent ? 'Contingent_Worker_ID' : 'Employee_ID';
  const reference = id('WID', wid) + id(type, employeeId);
  return `<wd:Worker>
<wd:Worker_Reference>${reference}</wd:Worker_Reference>${element('Worker_Descriptor', fullName)}
<wd:Worker_Data>${element('Worker_ID', employeeId)}<wd:Personal_Data><wd:Name_Data>${name('Legal', fullName)}${name('Preferred', fullName)}</wd:Name_Data><wd:Contact_Data>${mail(`private.${worker.email}`, 'HOME')}${mail(worker.email, 'WORK')}</wd:Contact_Data></wd:Personal_Data>
<wd:Employment_Data>${job(worker)}<wd:Worker_Status_Data>${element('Active', isActive ? '1' : '0')}${element('Hire_Date', `${hireDate}-08:00`)}</wd:Worker_Status_Data></wd:Employment_Data>
<wd:Organization_Data>${organization('Berlin, cost center', 'COST_CENTER')}${organization(worker.organization, 'SUPERVISORY')}</wd:Organization_Data>${Object.entries(
    worker.fields ?? {},
  )
    .map(field)
    .join('')}${paddingBytes === 0 ? '' : element('Biography', 'x'.repeat(paddingBytes))}</wd:Worker_Data></wd:Worker>`;
}

function job({ title, location, managerId }: SimulatedWorker): string {
  const manager =
    managerId === undefined
      ? ''
      : `<wd:Manager_as_of_last_detected_manager_change_Reference>${id('WID', `wid-of-${managerId}`)}${id('Employee_ID', managerId)}</wd:Manager_as_of_last_detected_manager_change_Reference>`;
  const site = `<wd:Business_Site_Summary_Data>${element('Name', location)}</wd:Business_Site_Summary_Data>`;
  return `<wd:Worker_Job_Data wd:Primary_Job="1"><wd:Position_Data>${element('Position_Title', `Position of a ${title}`)}${element('Business_Title', title)}${site}${manager}</wd:Position_Data></wd:Worker_Job_Data>`;
}

function name(kind: string, fullName: string): string {
  return `<wd:${kind}_Name_Data><wd:Name_Detail_Data wd:Formatted_Name="${text(fullName)}" wd:Reporting_Name="${text(fullName)}"/></wd:${kind}_Name_Data>`;
}

function mail(address: string, usage: string): string {
  return `<wd:Email_Address_Data>${element('Email_Address', address)}<wd:Usage_Data wd:Public="${usage === 'WORK' ? 1 : 0}"><wd:Type_Data wd:Primary="1"><wd:Type_Reference>${id('Communication_Usage_Type_ID', usage)}</wd:Type_Reference></wd:Type_Data></wd:Usage_Data></wd:Email_Address_Data>`;
}

function organization(called: string, type: string): string {
  return `<wd:Worker_Organization_Data><wd:Organization_Data>${element('Organization_Name', called)}<wd:Organization_Type_Reference>${id('Organization_Type_ID', type)}</wd:Organization_Type_Reference></wd:Organization_Data></wd:Worker_Organization_Data>`;
}

function field([called, value]: [string, string]): string {
  return `<wd:Integration_Field_Override_Data><wd:Field_Reference>${id('Integration_Document_Field_Name', called)}</wd:Field_Reference>${element('Value', value)}</wd:Integration_Field_Override_Data>`;
}

function id(type: string, value: string): string {
  return `<wd:ID wd:type="${type}">${text(value)}</wd:ID>`;
}

function element(called: string, value: string): string {
  return `<wd:${called}>${text(value)}</wd:${called}>`;
}

function text(value: string): string {
  return xmlEscape(value) ?? '';
}
