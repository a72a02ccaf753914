import { describe, expect, it } from 'vitest';
import { XmlSplitter } from './xml-splitter.js';

const person = `<w:P w:id="7"><w:Name>${'Zoë'.repeat(20)}</w:Name>${'<w:Phone w:type="home">0</w:Phone>'.repeat(40)}</w:P>`;

describe('XmlSplitter', () => {
  it('reads 40 MB in flat memory', () => {
    const splitter = new XmlSplitter({ take: ['R/P'] });
    splitter.push(Buffer.from('<R xmlns:w="urn:w">'));
    const part = Buffer.from(person.repeat(40));
    let [bytes, people, startRss, peakRss] = [0, 0, 0, 0];
    while (bytes < 40_000_000) {
      people += splitter.push(part).length;
      bytes += part.length;
      const { rss } = process.memoryUsage();
      if (bytes > 4_000_000 && startRss === 0) startRss = rss;
      peakRss = Math.max(peakRss, rss);
    }
    splitter.push(Buffer.from('</R>'));
    splitter.end();
    expect(people).toBe((bytes / part.length) * 40);
    expect((peakRss - startRss) / 1024 / 1024).toBeLessThan(80);
  });
});
