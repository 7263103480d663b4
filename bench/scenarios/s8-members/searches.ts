/** What is searched in the large account: another one of its kind each time, if there are several. */
export type Search = (index: number) => string;

const search = (list: string, text: string): string => `${list}?query=${encodeURIComponent(text)}`;
/** Numbers of users all over the account. */
const user = (index: number): number => 20_001 + ((index * 7_919) % 70_000);

/**
 * By name. Parts of three letters and more have trigrams, shorter ones none. Of `others` there are as many on the platform as
 * of all of the small accounts together, and none in the large one.
 */
export const searches: Record<string, Search> = {
  commonName: () => search('members', 'boris'),
  nameOfAFew: (index) => search('members', `kowalski ${Math.floor(user(index) / 1_000)}`),
  rareName: (index) => search('members', `r ${user(index)}`),
  nobodysName: () => search('members', 'xyzzy'),
  commonPair: () => search('members', 'an'),
  commonCharacter: () => search('members', 'e'),
  rarePair: () => search('members', 'qx'),
  rareCharacter: () => search('members', 'ß'),
  address: (index) => search('members', `.${user(index)}@large`),
  everybodysDomain: () => search('members', '@large.example'),
  domainOfAnotherTenant: (index) => search('members', `@other${index % 50}.example`),
  domainsOfOtherTenants: () => search('members', '@other'),
  pairInAddress: () => search('members', 'a.'),
  startOfIds: () => search('members', '-7'),
  nobodysId: (index) => search('members', `${(index * 65_537).toString(16).padStart(12, '0')}`),
  organization: (index) => search('organizations', `castle ${user(index)}`),
  commonOrganization: () => search('organizations', 'castle'),
  pairInOrganization: () => search('organizations', 'qx'),
  invitation: (index) => search('invitations', `guest.${user(index)}@`),
  commonInvitation: () => search('invitations', 'guest'),
  pairInInvitation: () => search('invitations', 'qx'),
};
