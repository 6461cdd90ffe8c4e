package dev.onward.egress;

import dev.onward.mutation.WholeTestClasses;

class WholeTestClassesTest extends WholeTestClasses {}
