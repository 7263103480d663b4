import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { configTable } from '@valetkey/config';
import { openApiDocument } from '@valetkey/http/openapi';
import { format, resolveConfig } from 'prettier';
import { asyncApiDocument } from './async-api.ts';
import { configDefinitions } from './config-definitions.ts';
import { metricsTable } from './metrics-table.ts';
import { replaceSections } from './sections.ts';
import { contractTable, eventTable, routeTable } from './tables.ts';

export interface GeneratedDocument {
  /** From the workspace's root. */
  readonly file: string;
  readonly content: string;
}

/** What is generated from contracts and configurations, as it should stand in the workspace. */
export async function generateDocuments(root: string): Promise<GeneratedDocument[]> {
  return [
    { file: 'docs/openapi.json', content: jsonOf(openApiDocument()) },
    { file: 'docs/asyncapi.json', content: jsonOf(asyncApiDocument()) },
    { file: 'docs/operations.md', content: await operations(root, 'docs/operations.md') },
  ];
}

function jsonOf(document: object): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}

async function operations(root: string, file: string): Promise<string> {
  const path = join(root, file);
  const document = replaceSections(readFileSync(path, 'utf8'), {
    configuration: configTable(await configDefinitions(root)),
    contracts: contractTable(),
    routes: routeTable(),
    events: eventTable(),
    metrics: await metricsTable(),
  });
  return format(document, { ...(await resolveConfig(path)), filepath: path });
}
