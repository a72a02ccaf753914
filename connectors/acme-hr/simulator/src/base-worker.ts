import type { CompanyShape } from './base-person.js';
import { baseIdentity, isTerminatedFromStart, managerIndex, oddityOf, workerId } from './base-person.js';
import { fraction, pick } from './deterministic-random.js';
import { isoDay } from './iso-day.js';
import { departmentAt, TITLES, VENDORS } from './org-table.js';

/**
 * The worker document of person `index`, as text, from nothing but the shape and the index.
 *
 * @param managerEmail the superior's present address
 */
export function baseWorkerText(shape: CompanyShape, index: number, managerEmail: string | null): string {
  const { seed, mark } = shape;
  const id = workerId(index);
  const person = baseIdentity(shape, index);
  const superior = managerIndex(shape, index);
  const left = isTerminatedFromStart(shape, index);
  const contingent = superior !== null && fraction(seed, index, 10) < shape.contingentShare;
  const hiredDaysAgo = 60 + pick(seed, index, 11, 7000);
  const leftDaysAgo = left ? 10 + pick(seed, index, 12, hiredDaysAgo - 30) : 0;
  const onLeave = !left && fraction(seed, index, 13) < 0.02;
  const department = departmentAt(pick(seed, index, 14, 4096));
  const title =
    (TITLES[superior === null ? 0 : index < 9 ? 1 : 2 + pick(seed, index, 15, TITLES.length - 2)] ?? '') + mark;
  const { nationality } = person;
  const site = (nationality.sites[pick(seed, index, 16, nationality.sites.length)] ?? '') + mark;
  const restricted = fraction(seed, index, 17) < shape.restrictedShare;

  let employeeNumber = `"${100_000 + index}${mark}"`;
  let given = JSON.stringify(person.given);
  let family = JSON.stringify(person.family);
  let display = JSON.stringify(person.display);
  let email = JSON.stringify(person.email);
  let status = left ? '"T"' : onLeave ? '"L"' : '"A"';
  let startDate = `"${isoDay(shape.asOf, -hiredDaysAgo)}"`;
  let jobTitle = JSON.stringify(title);
  let list = false;
  switch (oddityOf(shape, index)) {
    case 'emailMissing':
      email = 'null';
      break;
    case 'emailMalformed':
      email = JSON.stringify(person.email.replace('@', '(at)'));
      break;
    case 'emailShouted':
      email = JSON.stringify(` ${person.email.toUpperCase()} `);
      break;
    case 'hireDateImpossible':
      startDate = '"2019-13-45"';
      break;
    case 'titleIsNumber':
      jobTitle = '4711';
      break;
    case 'displayNameMissing':
      display = 'null';
      break;
    case 'nameMissing':
      given = family = display = 'null';
      break;
    case 'statusUnknown':
      status = '"?"';
      break;
    case 'employmentIsList':
      list = true;
      break;
    case 'employeeNumberMissing':
      employeeNumber = 'null';
      break;
    case null:
      break;
  }

  const employment =
    `{"status":${status},"type":"${contingent ? 'contingent' : 'regular'}","startDate":${startDate},` +
    `"endDate":${left ? `"${isoDay(shape.asOf, -leftDaysAgo)}"` : 'null'},"jobTitle":${jobTitle},"fte":${pick(seed, index, 18, 8) === 0 ? '0.8' : '1.0'},` +
    `"costCentre":"CC-${department.costCentre}${mark}","orgUnit":{"code":"${department.code}","name":${JSON.stringify(department.name + mark)}}}`;
  const manager =
    superior === null ? 'null' : `{"workerId":"${workerId(superior)}","email":${JSON.stringify(managerEmail)}}`;
  const vendor = (VENDORS[pick(seed, index, 19, VENDORS.length)] ?? '') + mark;
  return (
    `{"workerId":"${id}","employeeNumber":${employeeNumber},` +
    `"legalName":{"given":${given},"family":${family},"display":${display}},` +
    `"contact":{"workEmail":${email},"workPhone":"+${10 + pick(seed, index, 20, 80)} ${1_000_000 + pick(seed, index, 21, 8_999_999)}${mark}"},` +
    `"employment":${list ? `[${employment}]` : employment},` +
    `"location":{"site":${JSON.stringify(site)},"country":"${nationality.country}","desk":"${1 + pick(seed, index, 22, 9)}.${100 + pick(seed, index, 23, 400)}${mark}"},` +
    `"manager":${manager},` +
    `"contingent":${contingent ? `{"vendor":${JSON.stringify(vendor)},"poNumber":"PO-${10_000 + pick(seed, index, 24, 80_000)}${mark}"}` : 'null'},` +
    `"access":{"restricted":"${restricted ? 'Y' : 'N'}","badge":"B${100_000 + pick(seed, index, 25, 900_000)}${mark}"},` +
    `"photo":{"url":"https://people.acme.example/photos/${id}${mark}.jpg"},` +
    `"customFields":[{"key":"shirtSize","value":"${['S', 'M', 'L', 'XL'][pick(seed, index, 26, 4)] ?? ''}${mark}"},{"key":"firstAider","value":${pick(seed, index, 27, 20) === 0 ? 'true' : 'false'}}]}`
  );
}
