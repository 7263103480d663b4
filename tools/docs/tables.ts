import { accessEvents, contracts, gatewayRoutes, type HttpBinding, subjectOf } from '@valetkey/contracts';
import { describeAccess } from '@valetkey/http/openapi';
import { tableOf } from './markdown.ts';

/** Every command and query, with its subject on the bus, its route if it is public, and who may ask. */
export function contractTable(): string {
  const rows = contracts.map(({ subject, kind, http, access, summary }) => {
    return [
      code(subject),
      kind,
      http ? routeOf(http) : '',
      describeAccess({ access, reads: kind === 'query' }),
      summary,
    ];
  });
  return tableOf(['Subject', 'Kind', 'Route', 'For', 'What it does'], rows);
}

/** The routes that the gateway answers by itself. */
export function routeTable(): string {
  const rows = gatewayRoutes.map(({ http, access, summary }) => [
    routeOf(http),
    describeAccess({ access, reads: http.method === 'GET' }),
    summary,
  ]);
  return tableOf(['Route', 'For', 'What it does'], rows);
}

/** Every access event, with its subject, the service it comes from, and whether it takes access away. */
export function eventTable(): string {
  const rows = accessEvents.map((event) => {
    return [code(subjectOf(event, '<account>')), event.source, event.revokes ? 'yes' : '', event.summary];
  });
  return tableOf(['Subject', 'From', 'Takes access away', 'When'], rows);
}

const code = (text: string) => `\`${text}\``;
const routeOf = ({ method, path }: Pick<HttpBinding, 'method' | 'path'>) => code(`${method} ${path}`);
