/** Somebody to be when trying the graph, and the token that says so. What the server offers to the page. */
export interface SignedCaller {
  readonly name: string;
  readonly title: string;
  readonly token: string;
}
