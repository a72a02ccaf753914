import { XmlSplitter } from '#connector-sdk';
import { type JsonValue, standardAttributes } from '#core';
import { compileMapping, mapRecord } from '#mapping';
import { describe, expect, it } from 'vitest';
import { madeUpWorker, type SimulatedWorker } from '../simulator/src/index.js';
import { workerXml } from '../simulator/src/worker-xml.js';
import { workdaySoap } from './workday-soap.connector.js';

function map(xml: string, idType = 'WID') {
  const compiled = compileMapping({
    definition: {
      identity: 'connector',
      attributes: workdaySoap.defaultMapping.attributes,
      scope: null,
      restricted: null,
    },
    attributes: [...standardAttributes],
    sourceIdExpression: workdaySoap.sourceIdExpressionOf?.(workdaySoap.config.parse({ ...settings, idType })) ?? '',
  });
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.problems));
  const splitter = new XmlSplitter({ take: ['R/Worker'] });
  const [worker] = splitter.push(Buffer.from(`<R xmlns:wd="urn:com.workday/bsvc">${xml}</R>`));
  splitter.end();
  return mapRecord(compiled.mapping, JSON.parse(JSON.stringify(worker?.value)) as JsonValue);
}

const settings = {
  serviceUrl: 'https://acme.example/ccx/service/acme/Human_Resources/v45.0',
  username: 'ISU_Muster@acme',
};

const worker: SimulatedWorker = {
  wid: '3aa5550b7fe348b98d7b5741afc65534',
  employeeId: '21001',
  fullName: "Zoë O'Neill & Søn",
  email: 'zoe@acme.example',
  title: 'Buyer',
  organization: 'Operations',
  location: 'Göteborg',
  managerId: '21000',
  isActive: true,
  hireDate: '2019-03-15',
};

describe('the default mapping of workday-soap', () => {
  it('reads a worker', () => {
    const { sourceId, values, problems } = map(workerXml(worker));
    expect(problems).toEqual([]);
    expect(sourceId).toBe(worker.wid);
    expect(values).toEqual({
      fullName: "Zoë O'Neill & Søn",
      email: 'zoe@acme.example',
      employeeId: '21001',
      active: true,
      title: 'Buyer',
      department: 'Operations',
      location: 'Göteborg',
      managerEmployeeId: '21000',
      hireDate: '2019-03-15',
      terminationDate: null,
    });
  });

  it('tells who has left, and finds the id by the type that the settings name', () => {
    expect(map(workerXml({ ...worker, isActive: false })).values).toMatchObject({ active: false });
    expect(map(workerXml(worker), 'Employee_ID').sourceId).toBe('21001');
    expect(map(workerXml({ ...worker, isContingent: true }), 'Employee_ID').sourceId).toBeNull();
  });

  it('is content with what the user may see', () => {
    const { values, sourceId } = map(
      '<wd:Worker><wd:Worker_Reference><wd:ID wd:type="WID">w1</wd:ID></wd:Worker_Reference><wd:Worker_Descriptor>Ann Lee</wd:Worker_Descriptor></wd:Worker>',
    );
    expect(sourceId).toBe('w1');
    const known = Object.entries(values).filter(([, value]) => value !== null);
    expect(Object.fromEntries(known)).toEqual({ fullName: 'Ann Lee', active: true });
  });

  it('reads those of the simulator', () => {
    for (let index = 0; index < 20; index += 1) expect(map(workerXml(madeUpWorker(index))).problems).toEqual([]);
  });
});
