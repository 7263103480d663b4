import { openApiDocument } from '@valetkey/http/openapi';
import type { Page } from '../pages/page.ts';
import { docsPage } from './docs.page.ts';

export interface Docs {
  /** OpenAPI 3.1 as JSON. */
  json: string;
  page: Page;
}

/** To be imported only when somebody asks: what it takes to write the document weighs 10 MB. */
export function makeDocs(): Docs {
  const document = openApiDocument();
  return { json: JSON.stringify(document), page: docsPage(document) };
}
