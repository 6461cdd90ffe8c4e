/**
 * The expression language of journeys.
 *
 * What the grammar leaves to the code behind it: names (functions, loop variables, the functions of a path), the types
 * and numbers of arguments, and the escapes of strings.
 */
grammar Expression;

source : expression EOF ;

expression
    : IF '(' condition=expression ')' THEN '(' yes=expression ')' ELSE '(' no=expression ')'   # Conditional
    | disjunction                                                                               # Plain
    ;

disjunction : conjunction ( OR conjunction )* ;

conjunction : negation ( AND negation )* ;

negation
    : NOT negation   # Not
    | comparison     # NotNegated
    ;

comparison : tested ( ( '==' | '!=' | '>' | '>=' | '<' | '<=' ) tested )* ;

tested : additive test* ;

test
    : IS NULL                            # IsNull
    | IS NOT NULL                        # IsNotNull
    | HAS NULL                           # HasNull
    | IS ( NUMERIC | WHOLE | FRACTION )  # IsNumber
    ;

additive : multiplicative ( ( '+' | '-' ) multiplicative )* ;

multiplicative : signed ( ( '*' | '/' | '%' ) signed )* ;

signed
    : '-' signed   # Minus
    | primary      # Unsigned
    ;

primary
    : INTEGER                                              # Integer
    | DECIMAL                                              # Decimal
    | STRING                                               # Text
    | ( TRUE | FALSE )                                     # Truth
    | NULL                                                 # Null
    | '[' ( expression ( ',' expression )* )? ']'          # List
    | '(' expression ')'                                   # Bracketed
    | prefix '{' path? ( ',' option )* '}'                 # Reference
    | NAME '(' ( expression ( ',' expression )* )? ')'     # Call
    | NAME ( '.' path )?                                   # Named
    ;

prefix : '@event' | '@action' | '@datasetLookup' | '@datasetlookup' | '@' | '#' ;

path : step ( '.' step )* ;

step
    : name ( '(' ( expression ( ',' expression )* )? ')' )?   # NamedStep
    | STRING                                                  # QuotedStep
    ;

option
    : name ':' '{' ( param ( ',' param )* )? '}'   # Params
    | name ':' expression                          # Default
    ;

param : name ':' expression ;

/** A keyword is a name where only a name can stand. */
name
    : NAME | AND | OR | NOT | IS | HAS | NULL | TRUE | FALSE | IF | THEN | ELSE | NUMERIC | WHOLE | FRACTION
    ;

AND : 'and' ;
OR : 'or' ;
NOT : 'not' ;
IS : 'is' ;
HAS : 'has' ;
NULL : 'null' ;
TRUE : 'true' ;
FALSE : 'false' ;
IF : 'if' ;
THEN : 'then' ;
ELSE : 'else' ;
NUMERIC : 'numeric' ;
WHOLE : 'integer' ;
FRACTION : 'decimal' ;

OPEN : '(' ;
CLOSE : ')' ;
OPEN_LIST : '[' ;
CLOSE_LIST : ']' ;
OPEN_BRACE : '{' ;
CLOSE_BRACE : '}' ;
MINUS : '-' ;

NAME : [A-Za-z_] [A-Za-z0-9_-]* ;

INTEGER : [0-9]+ ;

DECIMAL : [0-9]+ '.' [0-9]+ ;

STRING : '"' ( '\\' . | ~["\\] )* '"' | '\'' ( '\\' . | ~['\\] )* '\'' ;

UNCLOSED_STRING : '"' ( '\\' . | ~["\\] )* '\\'? | '\'' ( '\\' . | ~['\\] )* '\\'? ;

WHITE_SPACE : [ \t\r\n\f]+ -> skip ;

UNEXPECTED : . ;
