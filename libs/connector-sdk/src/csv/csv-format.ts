import { z } from 'zod';

/** What stands between two cells, by the name under which settings know it. */
export const CSV_SEPARATORS = { comma: ',', semicolon: ';', tab: '\t', pipe: '|' } as const;
export type CsvSeparator = keyof typeof CSV_SEPARATORS;

export const CSV_ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'] as const;
export type CsvEncoding = (typeof CSV_ENCODINGS)[number];

/**
 * How a CSV file is written: RFC 4180 with the variants that HR systems have. To be spread into the `config` of a connector
 * that reads such files.
 */
export const csvFormatSettings = {
  separator: z
    .enum(['detect', 'comma', 'semicolon', 'tab', 'pipe'])
    .default('detect')
    .describe('What stands between two cells; detect: the only one of these that the header line holds'),
  quoting: z
    .enum(['doubled', 'backslash'])
    .default('doubled')
    .describe('How a quote inside a quoted cell is written: "" (RFC 4180) or \\"'),
  encoding: z
    .enum(['detect', ...CSV_ENCODINGS])
    .default('detect')
    .describe('How the text is encoded; detect: as the byte order mark says, UTF-8 without one'),
  idColumn: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .optional()
    .describe('Header of the column with the id that a person keeps for good, when it is not called Employee ID'),
  requiredColumns: z
    .array(z.string().trim().min(1).max(200))
    .max(200)
    .default([])
    .describe('Headers without which a file is refused, so that a column left out by mistake empties nothing'),
  trailer: z
    .string()
    .min(1)
    .max(200)
    .regex(/^(?!.*\{rows\}.*\{rows\}).*\{rows\}/s, 'must hold {rows} once')
    .optional()
    .describe('The last line of every file, {rows} standing for the number of people, e.g. TRAILER;{rows}'),
  maxRowKilobytes: z.int().min(1).max(8192).default(1024).describe('The longest row, in KiB'),
};

export type CsvFormat = z.output<z.ZodObject<typeof csvFormatSettings>>;
