// A form of the editor: fields that refer to things propose existing names.
import { proposeNames } from "./names.js";

for (const input of document.querySelectorAll("input[data-kinds]")) proposeNames(input);
