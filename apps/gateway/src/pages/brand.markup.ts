import { markup } from './markup.ts';

const key = markup`<svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round"
aria-hidden="true"><circle cx="8" cy="12" r="4"/><path d="M12 12h9m-3 0v4m-4-4v3"/></svg>`;

/** Whose page it is. */
export const brand = markup`<p class="brand">${key}Valetkey</p>`;
