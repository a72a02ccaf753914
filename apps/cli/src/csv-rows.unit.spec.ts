import fc from 'fast-check';
import { expect, it } from 'vitest';
import { CsvRows } from './csv-rows.js';

const csv = Buffer.from('id,name\r\nusr_a,"Ana, ""A""\r\nSilva"\r\nusr_b,Bo\r\nusr_c,"Cy');

it('gives whole rows alone, however the pieces are cut', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: csv.length })), (cuts) => {
      const rows = new CsvRows();
      const places = [0, ...cuts.sort((a, b) => a - b), csv.length];
      const whole = places.slice(1).map((to, index) => rows.push(csv.subarray(places[index], to)).toString());
      expect(whole.join('')).toBe('id,name\r\nusr_a,"Ana, ""A""\r\nSilva"\r\nusr_b,Bo\r\n');
      expect(rows).toMatchObject({ lastKey: 'usr_b', rows: 2, isWithinRow: true });
    }),
  );
});

it('goes on after a break as if the row had not begun', () => {
  const rows = new CsvRows();
  rows.push(csv);
  rows.breakOff();
  expect(rows.push(Buffer.from('usr_c,"Cy"\r\n')).toString()).toBe('usr_c,"Cy"\r\n');
  expect(rows).toMatchObject({ lastKey: 'usr_c', rows: 3, isWithinRow: false });
});

it('takes the header once, also when the break came before the first row', () => {
  const rows = new CsvRows();
  const first = rows.push(Buffer.from('id,name\r\nusr_'));
  expect(rows).toMatchObject({ lastKey: null, rows: 0 });
  rows.breakOff();
  const second = rows.push(Buffer.from('id,name\r\nusr_a,Ana\r\n'));
  expect(`${first.toString()}${second.toString()}`).toBe('id,name\r\nusr_a,Ana\r\n');
});
